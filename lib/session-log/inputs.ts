/** What logging a session takes and gives. The node fills it from its panel; nothing here knows n8n. */
import type {
	CreateConversationInput,
	CustomAttributes,
	CustomerFields,
	FindOrCreateCustomerInput,
	ResolvedAgent,
	UnknownAttributePolicy,
} from '../kustomer/inputs';
import type { PlannedRequest } from '../kustomer/dry-run';
import type { QueueSettings, RecordSettings } from './rules/record-settings';
import type { CommentKind } from './rules/session-comments';
import type { Session } from '../domain/session';

export interface LogSessionInput {
	/** What one event, or a metadata file, knows of the session. */
	session: Session;
	/** When that was so: ISO 8601. Without it, the latest time in the session, else now. */
	observedAt?: string;
	/** Names of fields that whoever read the event did not understand: they are named in `leftOut`. */
	notUnderstood?: readonly string[];
	/** What kind of event told it, in the trigger's words, for example `rated`. */
	event?: string;
	/** Whether a mail told it (rule U4). */
	byMail?: boolean;
	/**
	 * What becomes of late news of a session that was deleted in Kustomer (rule X13): `skip`, which holds unless told, writes
	 * nothing; `logAgain` logs it as if it were new.
	 */
	erased?: 'skip' | 'logAgain';
	/**
	 * Whether somebody has asked for a record of this session (rule G1): then it gets one, although the record rules would let it
	 * wait or leave it out. Which conversation that is, they decide.
	 */
	asked?: boolean;
	/** `<prefix><source>:<session id>`; made from the session when it is left out. */
	externalId?: string;
	/** Text in front of an external id that is made from the session. */
	externalIdPrefix?: string;

	/** Record rules for all queues (rules C1 to C10, D1 to D6). */
	rules: RecordSettings;
	/** What single queues do differently (rule U8). The first entry that names the session's queue counts. */
	queues: QueueSettings[];

	/** How the customer is found (rules C17, C18, X4), and what a new one gets. */
	customer: Pick<FindOrCreateCustomerInput, 'phoneRules' | 'severalMatches'> & {
		create: CustomerFields;
		/**
		 * Create the customer also of an inbound session that is over and gets no conversation, for example an abandoned call
		 * while those are not recorded (rule C17). Off unless told: the customer is created with the first conversation.
		 */
		createUnrecorded?: boolean;
		/** Custom attributes for the customer, new or not (rule C13). */
		custom?: CustomAttributes;
		/**
		 * Custom attribute of a newly created customer that gets the name of the agent (rule C19): customers have no
		 * assignee in Kustomer's public interface. Empty: none.
		 */
		assigneeAttribute?: string;
	};

	conversation: Pick<CreateConversationInput, 'priority' | 'assignedTeams' | 'queueId'> & {
		/** Title template with variables in braces (rule D7). */
		title: string;
		/** IANA name, for times in the title and in comments. */
		timeZone: string;
		/** Tag with the session's type (rule D8). */
		typeTag: boolean;
		/** Tag that every conversation gets, for example `UJET` (rule D9). */
		platformTag?: string;
		/** Further tags. */
		tags?: string[];
		/** Custom attributes of the conversation (rule C13). */
		custom?: CustomAttributes;
	};

	/** Who gets the conversation (rules C8, C16). */
	agent: {
		/** From when on; `never` leaves assignments to people. */
		assign: 'assigned' | 'connected' | 'never';
		/** Kustomer user id that the platform does not send by itself. */
		userId?: string;
		email?: string;
		fallbackUserId?: string;
		/** Tag of a conversation that should have an agent and gets none. */
		unassignedTag?: string;
	};

	/** Whether what mails tell is logged (rules U4, U8). It is unless told. */
	mails?: boolean;
	/** Which comments are written as notes. */
	comments: ReadonlySet<CommentKind>;
	/** Fill the session fields of the message (rules C21, C22). */
	sessionFields: boolean;

	unknownAttributes: UnknownAttributePolicy;
	chooseId: boolean;
	/** Send reads only, and tell what would be written (rule X7). */
	dryRun: boolean;
}

export type LogOutcome =
	| 'created'
	| 'appended'
	| 'reopened'
	| 'updated'
	/** Everything that was told is in Kustomer already. */
	| 'unchanged'
	| 'waiting'
	| 'skipped';

export interface LogSessionResult {
	outcome: LogOutcome;
	/** Id of the rule that decided, for example `C6`. */
	rule: string;
	/** One or two sentences for the person who reads the execution. Holds no phone number. */
	reason: string;
	externalId: string;
	conversationId?: string;
	customerId?: string;
	messageId?: string;
	customer?: 'found' | 'created';
	/** Who was assigned, when that was done. */
	agent?: ResolvedAgent;
	/** What this run has written, in plain words, for example "note: rating". */
	done: string[];
	/** What an earlier run, or another worker, had written already. */
	alreadyDone: string[];
	/** What was told and not written: fields that cannot be read or that Kustomer refuses, custom attributes that it does not know. */
	leftOut: string[];
	/** What had to be cut to fit into Kustomer. */
	shortened: string[];
	/** Requests sent to Kustomer for this item. */
	requests: number;
	/** With dry run: what would have been sent, in order. */
	planned?: PlannedRequest[];
	/** Everything known of the session now. */
	session: Session;
}
