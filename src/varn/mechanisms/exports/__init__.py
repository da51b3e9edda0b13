"""Lists as files: CSV and XLSX in which no cell can become a formula, and tagged PDF. Each export stands in the trail."""
