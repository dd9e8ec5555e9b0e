
# The settings that the text names: IBM Cloud leaves the others as they are.
configuration = var.configuration
