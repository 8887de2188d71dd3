# The same table in R, with arrow and dplyr: Rscript with_arrow.R parts
library(arrow)
library(dplyr)

folder <- commandArgs(trailingOnly = TRUE)[1]
files <- Sys.glob(file.path(folder, "part-*", "outcomes", "*.parquet"))
open_dataset(files) |>
  filter(is.na(error)) |>
  group_by(`grants.per_call`, `facilitation.intensity`) |>
  summarise(
    networks = n(),
    collaboration_rate = mean(collaboration_rate, na.rm = TRUE),
    total_cost = mean(total_cost, na.rm = TRUE)
  ) |>
  arrange(`grants.per_call`, `facilitation.intensity`) |>
  collect() |>
  print()
