from market.models.kept import KeptStatistics
from market.models.surveys import Survey, SurveyAnswer, SurveyTitle

__all__ = ["KeptStatistics", "Survey", "SurveyAnswer", "SurveyTitle"]
