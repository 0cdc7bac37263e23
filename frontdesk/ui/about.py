"""About and What's new: which program this is, under which licence, and what changed in it."""

from __future__ import annotations

import platform
import re
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSize, Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTextBrowser, QWidget

from frontdesk.places import shipped
from frontdesk.ui.widgets.buttons import button
from frontdesk.ui.widgets.labels import label
from frontdesk.ui.widgets.layouts import column, row
from frontdesk.ui.widgets.overlay import Overlay

_NEWS = "CHANGELOG.md"


class About(Overlay):
    """Which program this is; one button copies what whoever helps will ask for."""

    def __init__(self, host: QWidget, version: str) -> None:
        super().__init__(host, QCoreApplication.translate("About", "About frontdesk"), size=QSize(520, 340))
        lines = (
            self.tr("frontdesk {version}").format(version=version),
            f"Python {platform.python_version()}, Qt {qVersion()}",
            platform.platform(),
        )
        self.copy = button(self.tr("&Copy"), lambda: QGuiApplication.clipboard().setText("\n".join(lines)), icon="copy")
        about = self.tr("The front office of a clinic: every enquiry is worked until it is booked, won or lost for a known reason.")
        licence = self.tr(
            "Apache License 2.0. Qt and PySide6 under the LGPL 3, Lucide icons under the ISC licence, Inter under the OFL 1.1."
        )
        words = [label(line, "small", "text2", selectable=True) for line in lines[1:]]
        self.body.addLayout(
            column(
                label(lines[0], "strong"),
                label(about, wrap=True),
                *words,
                label(licence, "small", "text3", wrap=True),
                None,
                row(self.copy, None),
                gap=10,
                margins=(20, 16, 20, 16),
            )
        )


class News(Overlay):
    """What changed, from the changelog that travels with the program."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host, QCoreApplication.translate("News", "What's new"), size=QSize(720, 560))
        self.text = QTextBrowser()
        self.text.setAccessibleName(self.tr("What's new"))
        self.text.setOpenExternalLinks(False)
        self.text.setOpenLinks(False)
        self.text.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.text.setMarkdown(news())
        self.body.addLayout(column(self.text, margins=(14, 8, 8, 12)))


def news() -> str:
    """The changelog from its first version on; empty where it was not shipped."""
    file = changelog()
    return re.sub(r"\A.*?(?=^## )", "", file.read_text("utf-8"), count=1, flags=re.DOTALL | re.MULTILINE) if file else ""


def changelog() -> Path | None:
    """The changelog beside the resources, in a checkout or inside the package; None where it was not shipped."""
    file = shipped("resources").parent / _NEWS
    return file if file.is_file() else None
