"""Every budget of the project, measured beside its reference: `make bench`."""
