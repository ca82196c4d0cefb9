"""`rehearse completion`: the script with which a shell completes commands and options."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

SHELLS = ("bash", "zsh", "fish")


@click.command("completion")
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def command(context: click.Context, shell: str) -> None:
    """Print the completion script of a shell.

    \b
    Examples:
      rehearse completion bash >> ~/.bashrc
      rehearse completion zsh >> ~/.zshrc
      rehearse completion fish > ~/.config/fish/completions/rehearse.fish
    """
    kind = get_completion_class(shell)
    if kind is None:
        raise click.ClickException(f"no completion for {shell}")
    root = context.find_root().command
    click.echo(kind(root, {}, "rehearse", "_REHEARSE_COMPLETE").source())
