"""Numbers as text, tables and documents: how every command says its findings."""
