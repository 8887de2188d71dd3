"""What happened: studies, their patterns, and surveys in waves."""
