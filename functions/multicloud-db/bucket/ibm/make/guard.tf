# Which module began a state is recorded in it. What is in a state and not in the
# module is destroyed: this record stands at the same address in all three modules,
# so that a state of another one fails the plan before anything is destroyed. All else
# depends on it: when something cannot be destroyed, the record is still there. To
# destroy all of a state asks no condition; there force_delete alone decides.
resource "terraform_data" "created" {
  input = {
    use = local.use
  }

  lifecycle {
    ignore_changes = [input]

    postcondition {
      condition     = try(self.input.use, "") == local.use
      error_message = "This state is of a bucket that is ${try(self.input.use, "none of ours")} and cannot be ${local.use}: each has a state of its own."
    }
  }
}
