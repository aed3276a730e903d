"""The supported operations of License Manager."""

from __future__ import annotations

import re

from distui.sandbox.protocol.service_model import Service
from distui.sandbox.sample_data import LICENSES
from tests.sandbox.calls import rejected_call


def test_licenses_are_listed_by_region(connect):
    for region in ("eu-west-1", "us-east-1", "eu-central-1"):
        listed = connect("license-manager", region=region).list_license_configurations()
        found = {one["LicenseConfigurationId"] for one in listed["LicenseConfigurations"]}
        assert found == {one.id for one in LICENSES if one.region == region}


def test_get_returns_a_license(connect):
    licenses = connect("license-manager")
    listed = licenses.list_license_configurations()["LicenseConfigurations"]
    for one in listed:
        arn = one["LicenseConfigurationArn"]
        response = licenses.get_license_configuration(LicenseConfigurationArn=arn)
        assert {key: response[key] for key in one} == one


def test_license_arns_match_image_builders_pattern(connect):
    pattern = Service("imagebuilder").model.shape_for("LicenseConfigurationArn").metadata["pattern"]
    listed = connect("license-manager").list_license_configurations()["LicenseConfigurations"]
    assert all(re.fullmatch(pattern, one["LicenseConfigurationArn"]) for one in listed)


def test_list_paginates_and_filters_by_arn(connect):
    licenses = connect("license-manager")
    first = licenses.list_license_configurations(MaxResults=1)
    rest = licenses.list_license_configurations(NextToken=first["NextToken"])
    arn = first["LicenseConfigurations"][0]["LicenseConfigurationArn"]
    assert arn != rest["LicenseConfigurations"][0]["LicenseConfigurationArn"]
    only = licenses.list_license_configurations(LicenseConfigurationArns=[arn])
    assert len(only["LicenseConfigurations"]) == 1


def test_invalid_requests_are_rejected(connect):
    licenses = connect("license-manager")
    for parameters in ({}, {"LicenseConfigurationArn": 1}, {"LicenseConfigurationArn": "none"}):
        code, status, message = rejected_call(licenses.get_license_configuration, **parameters)
        assert (code, status) == ("InvalidParameterValueException", 400)
        assert "'LicenseConfigurationArn'" in message
    code, status, _ = rejected_call(licenses.list_licenses)
    assert (code, status) == ("UnknownOperationException", 404)
    for parameters in ({"NextToken": "made up"}, {"MaxResults": 0}, {"Filters": [{}]}):
        code, _, message = rejected_call(licenses.list_license_configurations, **parameters)
        assert code == "InvalidParameterValueException"
        assert f"'{next(iter(parameters))}'" in message
