"""Pure functions: results of the core in, figures and tables out."""
