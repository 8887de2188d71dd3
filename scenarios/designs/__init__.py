"""Many scenarios out of one: factors, designs, futures, mixtures."""
