"""All rules, one per file; docs/rules.md is generated from them."""

from __future__ import annotations

from distui.core.rules.l003_at_least_one_region import at_least_one_region
from distui.core.rules.l004_unique_regions import unique_regions
from distui.core.rules.l005_output_per_region import output_per_region
from distui.core.rules.l006_build_date import build_date
from distui.core.rules.l008_ami_name_characters import ami_name_characters
from distui.core.rules.l009_ami_name_length import ami_name_length
from distui.core.rules.l010_known_tokens import known_tokens
from distui.core.rules.l013_unique_items import unique_items
from distui.core.rules.l015_user_group_all import user_group_all
from distui.core.rules.l016_public_ami import public_ami
from distui.core.rules.l017_public_and_encrypted import public_and_encrypted
from distui.core.rules.l018_public_and_shared import public_and_shared
from distui.core.rules.l019_key_in_region import key_in_region
from distui.core.rules.l020_key_arn import key_arn
from distui.core.rules.l021_shared_with_aws_managed_key import shared_with_aws_managed_key
from distui.core.rules.l022_shared_without_key import shared_without_key
from distui.core.rules.l023_key_in_home_region import key_in_home_region
from distui.core.rules.l024_target_prerequisites import target_prerequisites
from distui.core.rules.l025_arn_partition import arn_partition
from distui.core.rules.l026_one_partition import one_partition
from distui.core.rules.l027_region_exists import region_exists
from distui.core.rules.l028_opt_in_region import opt_in_region
from distui.core.rules.l029_home_region import home_region
from distui.core.rules.l030_parameter_account_is_target import parameter_account_is_target
from distui.core.rules.l031_parameter_name import parameter_name
from distui.core.rules.l032_parameter_outside_prefix import parameter_outside_prefix
from distui.core.rules.l033_parameter_data_type import parameter_data_type
from distui.core.rules.l034_unique_parameters import unique_parameters
from distui.core.rules.l035_ami_settings_for_container import ami_settings_for_container
from distui.core.rules.l036_console_template_limit import console_template_limit
from distui.core.rules.l037_explicit_default_version import explicit_default_version
from distui.core.rules.l038_template_account_is_target import template_account_is_target
from distui.core.rules.l039_template_prerequisites import template_prerequisites
from distui.core.rules.l040_template_id_or_name import template_id_or_name
from distui.core.rules.l041_parallel_launches import parallel_launches
from distui.core.rules.l042_template_required import template_required
from distui.core.rules.l043_disabled_fast_launch import disabled_fast_launch
from distui.core.rules.l044_fast_launch_accounts import fast_launch_accounts
from distui.core.rules.l046_export_names import export_names
from distui.core.rules.l047_encrypted_export import encrypted_export
from distui.core.rules.l048_repository_and_tags import repository_and_tags
from distui.core.rules.l050_one_output_type import one_output_type
from distui.core.rules.l051_tag_keys import tag_keys
from distui.core.rules.l053_service_tags import service_tags
from distui.core.rules.l054_tags_not_shared import tags_not_shared
from distui.core.rules.l055_ami_description_length import ami_description_length
from distui.core.rules.l056_ami_description_missing import ami_description_missing
from distui.core.rules.l057_license_in_region import license_in_region
from distui.core.rules.l060_empty_members import empty_members
from distui.core.rules.l062_random_client_token import random_client_token
from distui.core.rules.l063_dry_run import dry_run
from distui.core.rules.l064_unique_name import unique_name
from distui.core.rules.l065_example_accounts import example_accounts
from distui.core.rules.l066_copied_and_shared import copied_and_shared
from distui.core.rules.l067_visible_characters import visible_characters
from distui.core.rules.l068_no_control_characters import no_control_characters
from distui.core.rules.l069_resource_in_two_regions import resource_in_two_regions
from distui.core.rules.l070_odd_one_out import odd_one_out
from distui.core.rules.l071_ami_tag_count import ami_tag_count
from distui.core.rules.l072_organization_and_its_units import organization_and_its_units
from distui.core.rules.l073_one_organization import one_organization
from distui.core.rules.l074_many_copies import many_copies
from distui.core.rules.l075_shared_output import shared_output
from distui.core.rules.l076_removed_reach import removed_reach
from distui.core.rules.l077_ownership_tag import ownership_tag
from distui.core.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    at_least_one_region,
    unique_regions,
    output_per_region,
    build_date,
    ami_name_characters,
    ami_name_length,
    known_tokens,
    unique_items,
    user_group_all,
    public_ami,
    public_and_encrypted,
    public_and_shared,
    key_in_region,
    key_arn,
    shared_with_aws_managed_key,
    shared_without_key,
    key_in_home_region,
    target_prerequisites,
    arn_partition,
    one_partition,
    region_exists,
    opt_in_region,
    home_region,
    parameter_account_is_target,
    parameter_name,
    parameter_outside_prefix,
    parameter_data_type,
    unique_parameters,
    ami_settings_for_container,
    console_template_limit,
    explicit_default_version,
    template_account_is_target,
    template_prerequisites,
    template_id_or_name,
    parallel_launches,
    template_required,
    disabled_fast_launch,
    fast_launch_accounts,
    export_names,
    encrypted_export,
    repository_and_tags,
    one_output_type,
    tag_keys,
    service_tags,
    tags_not_shared,
    ami_description_length,
    ami_description_missing,
    license_in_region,
    empty_members,
    random_client_token,
    dry_run,
    unique_name,
    example_accounts,
    copied_and_shared,
    visible_characters,
    no_control_characters,
    resource_in_two_regions,
    odd_one_out,
    ami_tag_count,
    organization_and_its_units,
    one_organization,
    many_copies,
    shared_output,
    removed_reach,
    ownership_tag,
)
PART_RULES = tuple(rule for rule in RULES if rule.scope == "part")
DISTRIBUTION_RULES = tuple(rule for rule in RULES if rule.scope in ("distribution", "part"))
DOCUMENT_RULES = tuple(rule for rule in RULES if rule.scope == "document")
