"""Every rule, a file each; docs/rules.md is written from what they say of themselves."""

from __future__ import annotations

from distui.core.rules.l003_at_least_one_region import at_least_one_region
from distui.core.rules.l004_region_once import region_once
from distui.core.rules.l005_an_output_each_region import an_output_each_region
from distui.core.rules.l006_build_date import build_date
from distui.core.rules.l008_ami_name_characters import ami_name_characters
from distui.core.rules.l009_ami_name_length import ami_name_length
from distui.core.rules.l010_known_tokens import known_tokens
from distui.core.rules.l013_listed_once import listed_once
from distui.core.rules.l015_user_group_all import user_group_all
from distui.core.rules.l016_public_ami import public_ami
from distui.core.rules.l017_public_and_encrypted import public_and_encrypted
from distui.core.rules.l018_public_and_shared import public_and_shared
from distui.core.rules.l019_key_in_region import key_in_region
from distui.core.rules.l020_key_is_an_arn import key_is_an_arn
from distui.core.rules.l021_shared_with_aws_key import shared_with_aws_key
from distui.core.rules.l022_shared_without_key import shared_without_key
from distui.core.rules.l023_key_at_home import key_at_home
from distui.core.rules.l024_target_prerequisites import target_prerequisites
from distui.core.rules.l025_partition_fits import partition_fits
from distui.core.rules.l026_one_partition import one_partition
from distui.core.rules.l027_region_exists import region_exists
from distui.core.rules.l028_opt_in_region import opt_in_region
from distui.core.rules.l030_parameter_account_is_target import parameter_account_is_target
from distui.core.rules.l031_parameter_name import parameter_name
from distui.core.rules.l032_parameter_outside_prefix import parameter_outside_prefix
from distui.core.rules.l033_parameter_type import parameter_type
from distui.core.rules.l034_parameter_once import parameter_once
from distui.core.rules.l035_ami_settings_for_container import ami_settings_for_container
from distui.core.rules.l036_console_templates import console_templates
from distui.core.rules.l037_default_version_stated import default_version_stated
from distui.core.rules.l038_template_account_is_target import template_account_is_target
from distui.core.rules.l039_template_prerequisites import template_prerequisites
from distui.core.rules.l040_template_id_or_name import template_id_or_name
from distui.core.rules.l041_parallel_launches import parallel_launches
from distui.core.rules.l042_template_named import template_named
from distui.core.rules.l043_disabled_fast_launch import disabled_fast_launch
from distui.core.rules.l044_fast_launch_accounts import fast_launch_accounts
from distui.core.rules.l046_export_names import export_names
from distui.core.rules.l047_export_with_key import export_with_key
from distui.core.rules.l048_repository_and_tags import repository_and_tags
from distui.core.rules.l050_one_kind_of_output import one_kind_of_output
from distui.core.rules.l051_tag_keys import tag_keys
from distui.core.rules.l053_service_tags import service_tags
from distui.core.rules.l054_tags_stay_home import tags_stay_home
from distui.core.rules.l055_long_ami_description import long_ami_description
from distui.core.rules.l056_ami_description import ami_description
from distui.core.rules.l057_licence_in_region import licence_in_region
from distui.core.rules.l060_nothing_empty import nothing_empty
from distui.core.rules.l062_own_token import own_token
from distui.core.rules.l063_dry_run import dry_run
from distui.core.rules.l064_name_is_free import name_is_free
from distui.core.rules.l065_example_accounts import example_accounts
from distui.core.rules.l066_copied_and_shared import copied_and_shared
from distui.core.rules.l067_plain_ids import plain_ids
from distui.core.rules.l068_no_control_characters import no_control_characters
from distui.core.rules.l069_shared_between_regions import shared_between_regions
from distui.core.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    at_least_one_region,
    region_once,
    an_output_each_region,
    build_date,
    ami_name_characters,
    ami_name_length,
    known_tokens,
    listed_once,
    user_group_all,
    public_ami,
    public_and_encrypted,
    public_and_shared,
    key_in_region,
    key_is_an_arn,
    shared_with_aws_key,
    shared_without_key,
    key_at_home,
    target_prerequisites,
    partition_fits,
    one_partition,
    region_exists,
    opt_in_region,
    parameter_account_is_target,
    parameter_name,
    parameter_outside_prefix,
    parameter_type,
    parameter_once,
    ami_settings_for_container,
    console_templates,
    default_version_stated,
    template_account_is_target,
    template_prerequisites,
    template_id_or_name,
    parallel_launches,
    template_named,
    disabled_fast_launch,
    fast_launch_accounts,
    export_names,
    export_with_key,
    repository_and_tags,
    one_kind_of_output,
    tag_keys,
    service_tags,
    tags_stay_home,
    long_ami_description,
    ami_description,
    licence_in_region,
    nothing_empty,
    own_token,
    dry_run,
    name_is_free,
    example_accounts,
    copied_and_shared,
    plain_ids,
    no_control_characters,
    shared_between_regions,
)
PART_RULES = tuple(rule for rule in RULES if rule.scope == "part")
DISTRIBUTION_RULES = tuple(rule for rule in RULES if rule.scope in ("distribution", "part"))
DOCUMENT_RULES = tuple(rule for rule in RULES if rule.scope == "document")
