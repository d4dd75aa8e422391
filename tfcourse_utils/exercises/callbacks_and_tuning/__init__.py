"""Chapter 6: training, callbacks and tuning."""

from .budget import tune
from .curves import plot_learning_curves
from .files import save_everything
from .keep_best import KeepBest
from .loss_history import LossHistory
from .own_loop import fit_loop
from .patience import PatientStopping
from .prediction import training_quiz
from .scaled import prepare
from .schedule import warmup_cosine
from .space import build_model
from .split import split_train_validation
from .target import StopAtAccuracy
from .watching import training_callbacks

EXERCISES = (
    split_train_validation,
    prepare,
    LossHistory,
    StopAtAccuracy,
    PatientStopping,
    KeepBest,
    warmup_cosine,
    training_callbacks,
    plot_learning_curves,
    save_everything,
    fit_loop,
    build_model,
    tune,
    training_quiz,
)
