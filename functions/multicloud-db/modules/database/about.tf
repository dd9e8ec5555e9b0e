# One database of IBM Cloud Databases. Classic and Gen2 are two resources: the
# provider refuses on Gen2 what Classic needs (an admin password, memory, an
# upgrade in place), and lifecycle rules cannot depend on a variable.
#
# Nothing here replaces or destroys a database because a variable changed:
#   - plan decides which of the two exists. It is recorded at creation, and the
#     record rather than the variable is what counts;
#   - arguments that force a new resource are under ignore_changes;
#   - a variable that says something else than what runs fails the plan, with a
#     sentence, rather than being ignored in silence (terraform_data.unchanged);
#   - prevent_destroy takes no variable, so a claim that may be deleted could not
#     lift it. deletion_protection does the same in the provider: deleting is
#     refused by what the state says, until false has been applied.
