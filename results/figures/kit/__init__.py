"""What all figures are drawn with: page, style, axes, keys."""
