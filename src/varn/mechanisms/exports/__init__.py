"""Lists as files: CSV and XLSX in which no cell can become a formula, tagged PDF, and each export in the trail."""
