"""A form in the active window, on a real workspace with the sample rows."""

import pytest
from pytestqt.qtbot import QtBot

from salesdesk.actions import forms
from salesdesk.store import queries
from tests.ui.hands import activate
from tests.ui.sample_desk import customer_named, read, sample_desk
from ui.core.garbage import Collector
from ui.forms.form_panel import FormPanel


class PatientBot(QtBot):
    """Waits for what happens, not for a clock: a busy machine takes longer than the library's five seconds."""

    def waitUntil(self, callback, *, timeout=60_000):  # noqa: N802  # the name it overrides
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal, *, timeout=60_000, **options):  # noqa: N802  # the name it overrides
        return super().waitSignal(signal, timeout=timeout, **options)

    def waitSignals(self, signals, *, timeout=60_000, **options):  # noqa: N802  # the name it overrides
        return super().waitSignals(signals, timeout=timeout, **options)


@pytest.fixture
def qtbot(qapp, request):
    return PatientBot(request)


@pytest.fixture(autouse=True)
def garbage(qapp):
    """As in the program: widgets are destroyed on the GUI thread alone."""
    collector = qapp.findChild(Collector) or Collector(qapp)
    yield
    collector.collect()


@pytest.fixture
def desk(qapp, tmp_path):
    with sample_desk(tmp_path) as made:
        yield made


@pytest.fixture
def opened(desk, qtbot):
    """Opens a form in the active window, as often as wanted."""
    panels = []

    def open_form(sheet):
        panel = FormPanel(desk, sheet)
        panels.append(panel)
        qtbot.addWidget(panel)
        activate(qtbot, panel)
        return panel

    return open_form


@pytest.fixture
def analysis_id(desk):
    return read(desk, lambda s: queries.card(s, customer_named(desk, "华源").id)).analysis.id


@pytest.fixture
def panel(desk, opened, analysis_id):
    return opened(forms.load(desk.workspace, "needs_analysis", analysis_id))
