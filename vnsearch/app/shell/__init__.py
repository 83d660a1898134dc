"""The shell: a prompt where somebody sits at a terminal, a batch reader where lines are piped in.

conversation                       beginning and end
session, question                  what is asked, and the page that is shown
dialogue, lines, commands          what a line is, and what it does
prompt, bindings, keys, editor     the line editor and its keys
lexer, completer, ghost, history   colours, the menu, the faint rest, what was typed before
live, screen, toolbar              results while somebody types
reading                            a document laid out for reading
saved, export, files               what is kept
"""
