"""The command `models`: which there are, adding one from a file, removing one."""

from argparse import Namespace
from dataclasses import asdict

from annotation.errors import ProjectError
from annotation.models import Model, find_model, installed_models
from ui.places import models_folder
from ui.terminal import show, show_json


def run_models(options: Namespace) -> int:
    """List the models, add one or remove one."""
    if options.way == "add":
        model = _added(options)
        said = f"{model.author} is added. Licence: {model.licence or 'not said'}."
    elif options.way == "remove":
        model = _removed(options)
        said = f"{model.author} is removed."
    else:
        return _list(options)
    if options.json:
        show_json({"model": asdict(model)})
    else:
        show(said)
    return 0


def _list(options: Namespace) -> int:
    models = installed_models(models_folder())
    if options.json:
        show_json({"models": [asdict(model) for model in models]})
        return 0
    if not models:
        find_model()  # says how to get one
    for model in models:
        added = "added by you" if model.removable else ""
        show(f"{model.name:24} {model.version:8} {model.language:4} {added}".rstrip())
    return 0


def _added(options: Namespace) -> Model:
    """Let a process of its own look at the model, which may come from anybody."""
    from annotation.background import BackgroundJob
    from annotation.model_adding import adding

    job: BackgroundJob[str, Model] = BackgroundJob(adding, options.path.absolute(), models_folder())
    try:
        while not job.finished:
            job.wait(1)
            for said in job.poll():
                if not options.json:
                    show(f"{said} …")
    finally:
        job.close()
    if isinstance(job.error, ProjectError):
        raise job.error
    if job.result is None:
        raise ProjectError(f"{options.path} cannot be added: the program stopped at reading it.")
    return job.result


def _removed(options: Namespace) -> Model:
    from annotation.model_adding import remove_model

    model = find_model(options.name, models_folder())
    remove_model(model)
    return model
