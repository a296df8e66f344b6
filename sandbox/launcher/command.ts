import { spawn } from 'node:child_process';

/** How many characters of a failed command's output go into the error. */
const TAIL_CHARACTERS = 2000;

/**
 * Runs a program to its end.
 *
 * @returns what it wrote to standard output
 * @throws Error with the command and the end of its output, when it cannot be started or ends with another code than 0
 */
export async function runCommand(
	program: string,
	args: string[],
	options: { cwd: string; env?: NodeJS.ProcessEnv },
): Promise<string> {
	return await new Promise((resolve, reject) => {
		const child = spawn(program, args, {
			cwd: options.cwd,
			env: options.env ?? process.env,
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		let stdout = '';
		let everything = '';
		child.stdout.on('data', (chunk: Buffer) => {
			stdout += chunk.toString();
			everything += chunk.toString();
		});
		child.stderr.on('data', (chunk: Buffer) => (everything += chunk.toString()));
		const command = [program, ...args].join(' ');
		child.once('error', (error) => reject(new Error(`"${command}" could not be started: ${error.message}`)));
		child.once('close', (code, signal) => {
			if (code === 0) resolve(stdout);
			else {
				const end = signal === null ? `with code ${code}` : `by ${signal}`;
				reject(
					new Error(
						`"${command}" in ${options.cwd} ended ${end}.\n${everything.trim().slice(-TAIL_CHARACTERS)}`,
					),
				);
			}
		});
	});
}
