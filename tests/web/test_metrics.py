"""Metrics for Prometheus: who may read them, and what they count."""

from __future__ import annotations

import ipaddress
import re

import pytest
from django.test import Client

URL = "/metrics"


@pytest.fixture
def metrics_on(settings, db):
    """Switch metrics on, for a token and a network."""
    settings.METRICS_TOKEN = "the token of Prometheus"
    settings.METRICS_ALLOW = [ipaddress.ip_network("10.1.0.0/16")]
    settings.MIDDLEWARE = ["distui.web.metrics.MetricsMiddleware", *settings.MIDDLEWARE]


def status(address="127.0.0.1", **headers):
    return Client(headers=headers).get(URL, REMOTE_ADDR=address).status_code


@pytest.mark.django_db
def test_they_are_off_by_default():
    assert status(authorization="Bearer ") == 404


def test_a_token_reads_them_under_any_host(metrics_on):
    assert status(authorization="Bearer the token of Prometheus", host="10.0.0.7") == 200
    for wrong in ("", "Bearer ", "Bearer x", "the token", "Bearer \xe9"):
        assert status(authorization=wrong) == 403


def test_an_allowed_address_reads_them_unless_by_a_proxy(metrics_on):
    assert status("10.1.2.3") == 200
    assert status("10.2.2.3") == 403
    assert status("") == 403
    assert status("10.1.2.3", x_forwarded_for="10.1.2.3") == 403


def test_without_a_token_no_token_fits(metrics_on, settings):
    settings.METRICS_TOKEN = ""
    assert status(authorization="Bearer ") == 403


def test_requests_are_counted_by_view(metrics_on, alice_client):
    def count():
        text = alice_client.get(URL, REMOTE_ADDR="10.1.0.1").content.decode()
        pattern = (
            r'distui_requests_total{method="GET",status="200",view="submissions:history"} (.*)'
        )
        found = re.search(pattern, text)
        return float(found[1]) if found else 0

    before = count()
    alice_client.get("/history/?q=never-in-a-label")
    assert count() == before + 1


def test_a_path_without_a_page_makes_no_label(metrics_on, alice_client):
    alice_client.get("/no/such/page/")
    text = alice_client.get(URL, REMOTE_ADDR="10.1.0.1").content.decode()
    assert "no/such" not in text
    assert "distui_oldest_due_seconds 0.0" in text
