"""What changes accounts, workspaces, members, teams, invitations and tokens.

Each function checks its rights, locks what a race could break, and writes inside the caller's
transaction (a door's session); none of them opens a door by itself except where its docstring says.
"""
