"""Pictures of members by name."""
