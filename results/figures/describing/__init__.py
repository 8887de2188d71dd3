"""Pictures of the network as it stands."""
