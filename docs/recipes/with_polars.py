"""The same table with polars, read lazily: `python with_polars.py "parts/part-*/outcomes/*.parquet"`."""

import sys

import polars as pl

networks = pl.scan_parquet(sys.argv[1])
table = (
    networks.filter(pl.col("error").is_null())
    .group_by("grants.per_call", "facilitation.intensity")
    .agg(
        pl.len().alias("networks"),
        pl.col("collaboration_rate").mean(),
        pl.col("total_cost").mean(),
    )
    .sort("grants.per_call", "facilitation.intensity")
    .collect()
)
print(table)
