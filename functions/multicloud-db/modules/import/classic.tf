import {
  to = ibm_database.classic[0]
  id = var.crn
}
