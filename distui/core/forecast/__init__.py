"""Forecast of the resources that exist after a build of a document."""

from distui.core.forecast.compute import forecast as forecast
from distui.core.forecast.resources import (
    Ami as Ami,
)
from distui.core.forecast.resources import (
    ContainerImage as ContainerImage,
)
from distui.core.forecast.resources import (
    Export as Export,
)
from distui.core.forecast.resources import (
    FastLaunch as FastLaunch,
)
from distui.core.forecast.resources import (
    Forecast as Forecast,
)
from distui.core.forecast.resources import (
    LaunchPermission as LaunchPermission,
)
from distui.core.forecast.resources import (
    License as License,
)
from distui.core.forecast.resources import (
    Parameter as Parameter,
)
from distui.core.forecast.resources import (
    RegionForecast as RegionForecast,
)
from distui.core.forecast.resources import (
    TemplateVersion as TemplateVersion,
)
from distui.core.forecast.resources import (
    Totals as Totals,
)
from distui.core.forecast.resources import (
    totals as totals,
)
