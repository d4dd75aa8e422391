"""Right answers, one module for each chapter. They import nothing else of this package."""
