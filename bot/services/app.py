"""All use cases, as commands, console and scheduler get them."""

from dataclasses import dataclass

from bot.dossier import Dossier
from bot.services.audit import AuditService
from bot.services.briefs import BriefService
from bot.services.catching_up import CatchUpService
from bot.services.checkup import Checkup
from bot.services.corrections import CorrectionService
from bot.services.evidence import EvidenceService
from bot.services.explanations import ExplanationService
from bot.services.following import FollowService
from bot.services.guild_settings import SettingsService
from bot.services.jobs import HeavyJobs
from bot.services.long_states import LongStates
from bot.services.names import Names
from bot.services.newsroom import Newsroom
from bot.services.positions import PositionService
from bot.services.proofs import ProofService
from bot.services.registry import SourceRegistry
from bot.services.results import Quality
from bot.services.schedules import ScheduleService
from bot.services.searching import SearchService
from bot.services.source_news import SourceNews
from bot.services.sources import SourceService
from bot.services.status import StatusService
from bot.services.summaries import SummaryService


@dataclass(frozen=True, slots=True)
class Services:
    """One field a room of the product."""

    dossier: Dossier
    briefs: BriefService
    positions: PositionService
    evidence: EvidenceService
    proofs: ProofService
    corrections: CorrectionService
    explanations: ExplanationService
    searching: SearchService
    follows: FollowService
    catching_up: CatchUpService
    sources: SourceService
    source_news: SourceNews
    registry: SourceRegistry
    schedules: ScheduleService
    newsroom: Newsroom
    status: StatusService
    names: Names
    checkup: Checkup
    quality: Quality
    audit: AuditService
    settings: SettingsService
    states: LongStates
    summaries: SummaryService
    jobs: HeavyJobs
