"""Many networks: ensembles and campaigns, over threads or a cluster."""
