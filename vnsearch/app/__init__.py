"""The command line and the shell: everything that talks with a person.

It programs against `Index`, and beside it knows the query language, to colour and complete what is typed.

main                                from arguments to an exit status
declaration, commands               the commands and their options, declared once
arguments, cli, usage               reading a command line: at once, or by typer; what is wrong with one
settings, configuration, settling   what is settled, where it is read from, and how it is shown
surroundings, terminal              what every command works in
catalogue, messages                 what is said, in English and Vietnamese
problems, complaints                errors in the user's language, one line each
answers, output                     a question and its answer, handed over as it was asked for
rendering, reporting, charts, bars  an answer as lines for a person
formats, batch                      an answer for programs; many of them
cells, inert                        how wide text stands, and how it can do no harm
filtering                           filters as a person types them
indexing, progress, doctor          making an index, and whether it is sound
pager, editor, foreground           other programs on this terminal
completion                          completion by bash, zsh and fish
shell                               the interactive shell
"""
