"""How deals go through their stages: gates, checklists, tasks, where they have been, and what is forecast of them."""
