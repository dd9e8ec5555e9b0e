# One server of IBM Cloud Databases on plan standard, which is the only one with an
# admin password and a configuration. The module of databases is the same where it
# says nothing of the service.
#
# Nothing here replaces or destroys the server because a variable changed:
#   - arguments that force a new resource are under ignore_changes. So is version,
#     which the services of these modules upgrade by a restore into another server only;
#   - a variable that says something else than what runs fails the plan, with a
#     sentence, rather than being ignored in silence (terraform_data.unchanged);
#   - prevent_destroy takes no variable, so a claim that may be deleted could not
#     lift it. deletion_protection does the same in the provider: deleting is
#     refused by what the state says, until false has been applied.
