import {
  to = ibm_database.gen2[0]
  id = var.crn
}
