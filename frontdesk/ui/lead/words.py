"""Times in words: relative when near, full when planned (ux.md section 8)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from PySide6.QtCore import QCoreApplication, QLocale

from frontdesk.domain.workdays import OpeningHours

_WEEK = timedelta(days=7)


def tr(text: str, n: int = -1) -> str:
    """Translate words about leads."""
    return QCoreApplication.translate("lead", text, None, n)


def clock(local: datetime, *, is_24h: bool) -> str:
    """The time of day: 9:41, or 9:41 am, which no line end parts."""
    if is_24h:
        return f"{local.hour}:{local.minute:02}"
    return f"{local.hour % 12 or 12}:{local.minute:02}\u00a0{'am' if local.hour < 12 else 'pm'}"


def day_words(day: date, today: date) -> str:
    """A day: Today, Yesterday, Tomorrow, Mon 23, Fri 27 Nov, or 27 Nov 2025."""
    away = day - today
    near = {0: tr("Today"), -1: tr("Yesterday"), 1: tr("Tomorrow")}
    if away.days in near:
        return near[away.days]
    locale = QLocale()
    weekday = locale.dayName(day.isoweekday(), QLocale.FormatType.ShortFormat)
    month = locale.monthName(day.month, QLocale.FormatType.ShortFormat)
    if abs(away) < _WEEK:
        return f"{weekday} {day.day}"
    if day.year == today.year or timedelta(0) < away < timedelta(days=180):
        return f"{weekday} {day.day} {month}"
    return f"{day.day} {month} {day.year}"


def moment(instant: datetime, now: datetime, hours: OpeningHours, *, is_24h: bool, any_time: bool = False) -> str:
    """An instant in the practice's time: "Today 9:41", "Wed 25, 10:00", "Fri 27 Nov, 9:00"; only the day when the time was not given."""
    local, today = hours.local(instant), hours.day(now)
    day = day_words(local.date(), today)
    if any_time:
        return day
    between = " " if abs(local.date() - today).days <= 1 else ", "
    return f"{day}{between}{clock(local, is_24h=is_24h)}"


def span(length: timedelta) -> str:
    """A length of time in one unit: 4 min, 2 h, 3 d."""
    minutes = max(0, int(length.total_seconds() // 60))
    if minutes < 60:
        return tr("{n} min").replace("{n}", str(minutes))
    if minutes < 48 * 60:
        return tr("{n} h").replace("{n}", str(minutes // 60))
    return tr("{n} d").replace("{n}", str(minutes // (24 * 60)))


def age(since: datetime, now: datetime) -> str:
    """How old something is, as short as a column: 26 m, 2 h, 34 d."""
    return span(now - since).replace(tr("{n} min").replace("{n} ", " "), tr(" m"))


def since_words(created: datetime, now: datetime, hours: OpeningHours) -> str:
    """Since when somebody is here: "since today", "since yesterday", "since 12 Nov"."""
    day, today = hours.day(created), hours.day(now)
    away = (today - day).days
    if away <= 1:
        return tr("since yesterday") if away == 1 else tr("since today")
    return tr("since {day}").format(day=day_words(day, today))
