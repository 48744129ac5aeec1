from market.models.surveys import Survey, SurveyAnswer, SurveyTitle

__all__ = ["Survey", "SurveyAnswer", "SurveyTitle"]
