"""Places (场所): compounds, villages, enterprise sites; who lives and works there, and what stands there."""
