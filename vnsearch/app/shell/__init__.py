"""The shell: a prompt where somebody sits at a terminal, a batch reader where lines are piped in."""
