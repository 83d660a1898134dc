"""The command line and the shell: everything that talks with a person. It programs against `Index` alone."""
