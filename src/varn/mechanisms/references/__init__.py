"""Human references such as UPP-2026-0042: one series per kind and year, without gaps made by a refused change."""
