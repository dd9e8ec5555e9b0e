# Goes into ibm_database.classic. The provider sends it when it changes, and never reads
# it back; what is not in it stays as it is at IBM Cloud.
configuration = length(local.said) > 0 ? jsonencode(local.said) : null
