"""Plans searched for that do well in many futures, for any number of outcomes: satisficing, regret, the worst tenth."""
