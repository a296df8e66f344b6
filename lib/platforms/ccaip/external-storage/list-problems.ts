/** Why folders could not be read, in sentences for the people who can do something about it (rule X2). */
import type { StorageFolder } from './folders';

/** @param failed what the server said, by the position of the folder */
export function listProblems(
	folders: readonly StorageFolder[],
	failed: ReadonlyMap<number, string>,
): string[] {
	const sentences = new Set<string>();
	for (const [place, message] of failed) {
		const folder = folders[place];
		if (folder === undefined) continue;
		const sentence =
			folder.storage === 'sftp' ? sftpSentence(folder, message) : googleSentence(folder, message);
		if (sentence !== undefined) sentences.add(sentence);
	}
	// A folder that is not there is no problem as long as another one is: CCAI Platform makes those that it needs.
	const areAllMissing = failed.size === folders.length && [...failed.values()].every(isMissing);
	const [first] = folders;
	if (areAllMissing && first?.storage === 'sftp') {
		const names = folders.map(({ folder }) => folder).join(', ');
		const base = first.path.slice(0, -first.folder.length - 1) || '/';
		sentences.add(`SFTP: none of the folders (${names}) is in "${base}". Check 'Base Path'.`);
	}
	return [...sentences];
}

function isMissing(message: string): boolean {
	return /no such file|not exist|not found/i.test(message);
}

// Sentences about the connection do not hold the server's words: n8n would put a text of its own in place of a message with one
// of its codes.

function sftpSentence({ path }: StorageFolder, message: string): string | undefined {
	if (isMissing(message)) return undefined;
	if (/authentication|private ?key|passphrase/i.test(message)) {
		return 'SFTP: the server did not accept the sign-in. Check user name, password or key in the SFTP credential.';
	}
	if (/permission|denied|EACCES/i.test(message)) {
		return `SFTP: the user may not read ${path}. Allow it on the server, or take the folder out of 'Folders'.`;
	}
	if (NO_SFTP_CONNECTION.test(message)) {
		return `SFTP: the server could not be reached: ${whyUnreachable(message)}. The next run tries again. If it stays so, check host and port in the SFTP credential.`;
	}
	return `SFTP: ${path} could not be read. The server says: ${message}`;
}

const NO_SFTP_CONNECTION =
	/^(connect|getaddrinfo|read|write)\b|ECONN|ENOTFOUND|EAI_|ETIMEDOUT|E(?:HOST|NET)UNREACH|timed out|handshake|socket|not connected|no response/i;

function whyUnreachable(message: string): string {
	if (/ECONNREFUSED/.test(message)) return 'it refuses the connection';
	return /ENOTFOUND|EAI_|getaddrinfo/.test(message) ? 'its host name is not known' : 'it does not answer';
}

function googleSentence({ path, bucket }: StorageFolder, message: string): string {
	if (/credentials? not found|no credentials/i.test(message)) {
		return 'Google Cloud Storage: no credential is chosen. Choose it in List Folder and Download File.';
	}
	if (NO_GOOGLE_CONNECTION.test(message)) {
		return 'Google Cloud Storage could not be reached, or has trouble of its own. The next run tries again.';
	}
	if (/\b401\b|unauthorized|invalid.?grant|invalid.?credentials|authorization/i.test(message)) {
		return `Google Cloud Storage did not accept the sign-in. Open the credential and connect it again. (${message})`;
	}
	if (/\b403\b|forbidden/i.test(message)) {
		return `Google Cloud Storage: the account may not read the bucket ${bucket}. Give it the role Storage Object Viewer. (${message})`;
	}
	if (/\b404\b|could not be found/i.test(message)) {
		return `Google Cloud Storage: there is no bucket "${bucket}". Check 'Bucket'.`;
	}
	return `Google Cloud Storage: ${path} could not be read. (${message})`;
}

const NO_GOOGLE_CONNECTION =
	/ECONN|ENOTFOUND|EAI_|ETIMEDOUT|E(?:HOST|NET)UNREACH|getaddrinfo|hang up|timed? ?out|offline|\b(429|5\d\d)\b/i;
