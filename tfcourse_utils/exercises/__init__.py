"""How answers are looked at and how they go wrong, one package for each chapter."""
