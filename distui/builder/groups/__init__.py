"""Named groups of accounts or Regions: model, form and pages."""
