"""The user's settings: config.toml, and the environment above it."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Literal

from simulator.adapters.disk import make_private, write_whole
from simulator.adapters.safe_toml import parse_toml
from simulator.core.setting_values import read_value, write_value
from simulator.core.settings import Preferences, options
from simulator.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from simulator.core.setting_values import Option, Value

FILE = "config.toml"
MAX_BYTES = 1_000_000
"""A file of settings has a thousandth of it."""
HEADER = "# Settings of Rehearse: `rehearse config` shows them all, with what each one means.\n"


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold one setting in force."""

    option: Option
    value: Value
    source: Literal["default", "file", "environment"]
    where: str = ""
    "The file, or the name of the environment's variable."


@dataclass(frozen=True, slots=True)
class Config:
    """Read and write the settings."""

    path: Path
    environment: Mapping[str, str]

    def entries(self) -> tuple[Entry, ...]:
        """List every setting in force. Raises ConfigError."""
        written = dict(_flatten(self.path, _read(self.path)))
        return tuple(
            self._entry(key, option, default, written) for key, (option, default) in _all()
        )

    def preferences(self) -> Preferences:
        """Give the settings in force. Raises ConfigError."""
        values: dict[str, Any] = {entry.option.key: entry.value for entry in self.entries()}
        return Preferences(**{name: values[key] for key, (name, _, _) in options().items()})

    def set(self, key: str, text: str) -> Entry:
        """Write one setting, leaving the user's comments alone. Raises ConfigError."""
        option = find_option(key)
        value = _checked(option, text, f"{key}")
        table, _, name = key.partition(".")
        document = self._document()
        if not isinstance(document.setdefault(table, {}), dict):
            raise ConfigError(f"{self.path}: {table}: must be a table; mend it by hand")
        document[table][name] = write_value(option, value)
        self._write(document)
        return Entry(option, value, "file", str(self.path))

    def unset(self, key: str) -> bool:
        """Take one setting out of the file; say whether it was there. Raises ConfigError."""
        find_option(key)
        table, _, name = key.partition(".")
        document = self._document()
        settings = document.get(table)
        if not isinstance(settings, dict) or name not in settings:
            return False
        del settings[name]
        if not settings:
            del document[table]
        self._write(document)
        return True

    def _entry(self, key: str, option: Option, default: Value, written: dict[str, object]) -> Entry:
        variable = variable_of(key)
        if variable in self.environment:
            value = _checked(option, self.environment[variable], variable)
            return Entry(option, value, "environment", variable)
        if key in written:
            value = _checked(option, written[key], f"{self.path}: {key}")
            return Entry(option, value, "file", str(self.path))
        return Entry(option, default, "default")

    def _document(self) -> Any:  # noqa: ANN401 - tomlkit's documents behave like dicts
        import tomlkit
        import tomlkit.exceptions

        _read(self.path)
        text = self.path.read_text("utf-8") if self.path.is_file() else HEADER
        try:
            return tomlkit.parse(text)
        except tomlkit.exceptions.TOMLKitError as error:
            raise ConfigError(f"{self.path}: not valid TOML: {error}") from error

    def _write(self, document: Any) -> None:  # noqa: ANN401
        import tomlkit

        try:
            make_private(self.path.parent)
            write_whole(self.path, tomlkit.dumps(document).encode())
        except OSError as error:
            raise ConfigError(f"{self.path}: cannot be written: {error.strerror}") from error


def find_option(key: str) -> Option:
    """Give the setting of a key. Raises ConfigError."""
    known = options()
    if key not in known:
        near = get_close_matches(key, known, 1)
        hint = f"do you mean {near[0]}?" if near else "`rehearse config` lists them"
        raise ConfigError(f"no setting is called {key!r:.60}; {hint}")
    return known[key][1]


def variable_of(key: str) -> str:
    """Give the environment's variable that overrides a key."""
    return f"REHEARSE_{key.replace('.', '_').upper()}"


def _all() -> Iterator[tuple[str, tuple[Option, Value]]]:
    for key, (_, option, default) in options().items():
        yield key, (option, default)


def _read(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ConfigError(f"{path}: larger than 1 MB, no file of settings")
        return parse_toml(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from error


def _flatten(path: Path, document: dict[str, Any]) -> Iterator[tuple[str, object]]:
    for table, values in document.items():
        if not isinstance(values, dict):
            raise ConfigError(f"{path}: {table}: belongs into a table, like [interview]")
        for name, value in values.items():
            key = f"{table}.{name}"
            try:
                find_option(key)
            except ConfigError as error:
                raise ConfigError(f"{path}: {error}") from error
            yield key, value


def _checked(option: Option, raw: object, where: str) -> Value:
    try:
        return read_value(option, raw)
    except ConfigError as error:
        raise ConfigError(f"{where}: {error}") from error
