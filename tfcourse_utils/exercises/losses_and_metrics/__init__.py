"""Chapter 5: losses and metrics."""

from .classes import predicted_classes
from .compiled import compile_for, mend_compile
from .confusion import confusion_matrix
from .f_score import F1Score
from .huber import create_huber, huber
from .huber_loss import HuberLoss
from .huber_metric import HuberMetric
from .lopsided import pinball, weighted_binary_cross_entropy
from .penalty import PenalizedModel, penalized_loss
from .prediction import metrics_quiz
from .rmse import MendedRMSE, RootMeanSquaredError
from .tickets import compile_ticket_model

EXERCISES = (
    metrics_quiz,
    compile_for,
    mend_compile,
    huber,
    create_huber,
    weighted_binary_cross_entropy,
    pinball,
    HuberLoss,
    HuberMetric,
    RootMeanSquaredError,
    MendedRMSE,
    PenalizedModel,
    penalized_loss,
    compile_ticket_model,
    predicted_classes,
    confusion_matrix,
    F1Score,
)
