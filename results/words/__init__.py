"""Numbers as text, tables and documents: how every command states its findings."""
