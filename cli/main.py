"""The command `precall`."""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, datetime, time
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from cli import (
    account,
    audit,
    backup,
    calls,
    demo,
    deploy,
    importing,
    logs,
    model,
    operate,
    research,
    rights,
    stack,
    watch,
    webhook,
)
from cli.deployment import Deployment, Local
from cli.home import ROOT, Home, Problem
from cli.show import Shown, console
from precall.config_store import ConfigStore
from precall.errors import PrecallError
from precall.secrets import GENERIC_WEBHOOK

app = typer.Typer(help="A short, sourced brief before the call.", no_args_is_help=True, add_completion=False)
settings = typer.Typer(help="The settings in precall.yaml.", no_args_is_help=True)
app.add_typer(settings, name="config")

models = typer.Typer(help="The sentiment model.", no_args_is_help=True)
app.add_typer(models, name="model")
app.add_typer(audit.app, name="audit")
app.add_typer(watch.app, name="watch")

app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(deploy.deploy)
app.command()(operate.status)
app.command()(operate.doctor)
app.command()(operate.redrive)
app.command()(account.account)
app.command()(backup.backup)
app.command()(backup.restore)
app.command()(rights.forget)
app.command()(rights.export)
app.command()(calls.assign)
app.command()(calls.call)

Company = Annotated[str | None, typer.Argument(help="The company's name; none for a person without a company.")]
Domain = Annotated[str | None, typer.Option(help="Its domain, for example acme.com.")]
Contact = Annotated[str | None, typer.Option(help="The person to be called.")]
Title = Annotated[str | None, typer.Option(help="The contact's title.")]
AsOf = Annotated[str | None, typer.Option(help="Replay the past as of this date or time (ISO 8601).")]
Data = Annotated[Path | None, typer.Option(help="A corpus to replay, laid out as documented in replay/.")]
Port = Annotated[int, typer.Option(help="Where the local stack listens, if the port is free.")]
Aws = Annotated[bool, typer.Option("--aws", help="On AWS, with this shell's credentials.")]
Live = Annotated[bool, typer.Option("--live", help="Ask the live web instead of the replay web.")]


@app.command()
def up(port: Port = 4566, live: Live = False, data: Data = None) -> None:
    """Build and deploy the template onto the local stack."""
    with demo.spinner() as progress:
        task = progress.add_task("Starting")
        replay = None if live else stack.Replay(data=_folder(data))
        local = stack.up(Home.at(), replay, lambda step: progress.update(task, description=step), port)
    console.print(f"The local stack is up: {local.api}", highlight=False)


@app.command()
def down() -> None:
    """Stop the local stack; its state stays in .precall/."""
    stopped = stack.down(Home.at())
    console.print(f"Stopped: {', '.join(stopped)}" if stopped else "Nothing was running.")


@app.command(name="logs")
def show_logs(
    step: Annotated[str | None, typer.Argument(help="Only this step: intake, collect, …")] = None,
    lead: Annotated[str | None, typer.Option(help="Only lines about this lead.")] = None,
    minutes: Annotated[int, typer.Option(min=1, help="How far back.")] = 15,
) -> None:
    """What the functions logged."""
    found = logs.read(Local(Home.at()), minutes, step, lead)
    for line in found:
        console.print(line, highlight=False, markup=False, soft_wrap=True)
    if not found:
        console.print(f"No log lines in the last {minutes} minutes match.")


@app.command()
def lead(
    company: Company = None,
    domain: Domain = None,
    contact: Contact = None,
    email: Annotated[str | None, typer.Option(help="The contact's e-mail address.")] = None,
    title: Title = None,
    owner: Annotated[str | None, typer.Option(help="The rep: an address, or the CRM's owner id.")] = None,
    call_at: Annotated[str | None, typer.Option(help="When the call is (ISO 8601 with a time zone).")] = None,
    source: Annotated[str, typer.Option(help="What brought the lead.")] = "entered by hand",
    as_of: AsOf = None,
    aws: Aws = False,
) -> None:
    """Send a properly signed lead."""
    person = {"name": contact, "email": email, "title": title}
    payload = {
        "company": {"name": company, "domain": domain},
        "contact": person if any(person.values()) else None,
        "owner": owner,
        "call_at": call_at,
        "source": source,
        "as_of": _moment(as_of).isoformat() if as_of else None,
    }
    to = Deployment() if aws else Local(Home.at())
    lead_id = webhook.post_lead(to.api, to.secret(GENERIC_WEBHOOK), payload)
    console.print(f"Lead {lead_id}\nFollow it: {to.links().to_lead(lead_id)}", highlight=False, soft_wrap=True)


@app.command(name="import")
def import_leads(
    file: Annotated[Path, typer.Argument(help="A CSV file; the first line names its columns.")],
    source: Annotated[str, typer.Option(help="What brought the leads that do not say it.")] = "imported",
    report: Annotated[Path | None, typer.Option(help="Write what became of each row to this CSV file.")] = None,
    check_only: Annotated[bool, typer.Option("--check", help="Send nothing.")] = False,
    aws: Annotated[bool, typer.Option("--aws", help="To the stack on AWS, with this shell's credentials.")] = False,
) -> None:
    """Send leads from a CSV file; bad rows are named, good ones go on. Importing twice makes no second lead."""
    send: importing.Send | None = None
    if not check_only:
        to = Deployment() if aws else Local(Home.at())
        send = partial(webhook.post_leads, to.api, to.secret(GENERIC_WEBHOOK))
    if not importing.run(file, source, send, report, lambda line: console.print(line, markup=False, highlight=False)):
        raise typer.Exit(2)


@app.command(name="research")
def research_one(
    company: Company = None,
    domain: Domain = None,
    contact: Contact = None,
    title: Title = None,
    as_of: AsOf = None,
    data: Data = None,
    replay: Annotated[bool, typer.Option("--replay", help="Ask the replay web's bundled world.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the brief as JSON.")] = False,
    html: Annotated[Path | None, typer.Option(help="Write the brief as HTML to this file.")] = None,
) -> None:
    """Collect, rank and brief in one process, without AWS."""
    if not (company or domain or contact):
        raise Problem("nobody to research; name a company, or a person with --contact")
    ask = demo.Ask(company, domain, contact, _moment(as_of) if as_of else None, _folder(data), title)
    with demo.spinner() as progress:
        progress.add_task(f"Researching {company or domain or contact}")
        made = research.run(ask, replay=replay or data is not None)
    if html:
        html.write_text(made.html)
    sys.stdout.write((made.brief.model_dump_json(indent=2) if as_json else made.text) + "\n")
    if html and not as_json:
        console.print(f"HTML {html}", highlight=False)


@app.command()
def show(
    lead: Annotated[str, typer.Argument(help="The lead's id.")],
    browser: Annotated[bool, typer.Option("--browser", help="Open its page in the browser.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON (docs/brief.schema.json).")] = False,
    note: Annotated[bool, typer.Option("--note", help="Print the short form, as a note in the CRM has it.")] = False,
    with_trail: Annotated[bool, typer.Option("--trail", help="Print its trail as JSON.")] = False,
    aws: Aws = False,
) -> None:
    """Show a lead's brief in the terminal or in the browser."""
    home = Home.at()
    shown = Shown(home, Deployment() if aws else Local(home), lead)
    if with_trail:
        sys.stdout.write(json.dumps(shown.page, indent=2) + "\n")
    elif as_json:
        sys.stdout.write(json.dumps(json.loads(shown.document("brief.json")), indent=2, ensure_ascii=False) + "\n")
    elif note:
        sys.stdout.write(shown.document("note.txt"))
    elif browser:
        shown.in_browser()
    else:
        shown.in_terminal()


@app.command(name="demo", hidden=True)
def make_brief() -> None:
    """What `make brief` runs; reads COMPANY, DOMAIN, CONTACT, AS_OF and PRECALL_DATA."""
    given = {name: os.environ.get(name) or None for name in ("COMPANY", "DOMAIN", "CONTACT", "AS_OF", "PRECALL_DATA")}
    as_of = _moment(given["AS_OF"]) if given["AS_OF"] else None
    data = _folder(Path(given["PRECALL_DATA"])) if given["PRECALL_DATA"] else None
    demo.run(Home.at(), demo.Ask(given["COMPANY"], given["DOMAIN"], given["CONTACT"], as_of, data))


@settings.command()
def check(file: Annotated[Path, typer.Argument()] = ROOT / "precall.yaml") -> None:
    """Say whether the settings are valid."""
    config = stack.read_config(file)
    console.print(f"{file} is valid: {len(config.reps)} reps, {len(config.managers)} managers.", highlight=False)


@settings.command()
def push(
    file: Annotated[Path, typer.Argument()] = ROOT / "precall.yaml",
    aws: Annotated[bool, typer.Option("--aws", help="To the stack on AWS, with this shell's credentials.")] = False,
) -> None:
    """Put the settings in force, within a minute, without a redeploy."""
    deployment = Deployment() if aws else Local(Home.at())
    ConfigStore(deployment.documents()).push(stack.read_config(file))
    console.print("The settings are in force within a minute.")


@models.command(name="use")
def use_model(
    name_or_path: Annotated[str, typer.Argument(help="A Hugging Face text-classification checkpoint.")],
    labels: Annotated[str | None, typer.Option(help="Its classes in order: negative,neutral,positive.")] = None,
    pair: Annotated[bool, typer.Option("--pair", help="It takes text and target apart.")] = False,
    mark: Annotated[
        bool, typer.Option("--mark", help="The target stands between « and », as `make model` has it.")
    ] = False,
    languages: Annotated[str, typer.Option(help="ISO 639-1 codes, such as en,de; * for any.")] = "en",
) -> None:
    """Put another sentiment model into the layer; the one before is kept as sentiment.before."""
    arguments = [name_or_path, "--input", "pair" if pair else "mark" if mark else "plain", "--languages", languages]
    with demo.spinner() as progress:
        progress.add_task(f"Exporting and comparing {name_or_path}")
        said = model.use([*arguments, *(["--labels", labels] if labels else [])])
    console.print(said, highlight=False)


def _moment(text: str) -> datetime:
    """A date means the end of that day in UTC; a time without a zone is UTC."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Problem(f"{text!r} is not a date or time; write for example 2022-03-10 or 2022-03-10T14:00Z") from None
    if len(text) <= len("2022-03-10"):
        moment = datetime.combine(moment, time(23, 59, 59))
    return moment.replace(tzinfo=moment.tzinfo or UTC)


def _folder(path: Path | None) -> Path | None:
    if path is not None and not path.is_dir():
        raise Problem(f"there is no folder {path}; PRECALL_DATA and --data name the corpus folder")
    return path.resolve() if path else None


def main() -> None:
    """Run; any failure ends in one readable line and exit status 1."""
    try:
        app()
    except (Problem, PrecallError) as error:
        Console(stderr=True).print(f"[red]precall:[/] {error}", highlight=False, soft_wrap=True)
        sys.exit(1)
