import { runCommand } from '../../../sandbox/launcher/command';

const cwd = process.cwd();

describe('runCommand', () => {
	it('gives the output', async () => {
		expect(await runCommand(process.execPath, ['-p', '1 + 1'], { cwd })).toBe('2\n');
	});

	it('shows the command and the end of what it said when it fails', async () => {
		const failing = runCommand(process.execPath, ['-e', 'console.error("disk is full"); process.exit(3)'], {
			cwd,
		});
		await expect(failing).rejects.toThrow(/ended with code 3\.\ndisk is full/);
	});

	it('says when there is no such program', async () => {
		await expect(runCommand('no-such-program', [], { cwd })).rejects.toThrow(
			'"no-such-program" could not be started',
		);
	});
});
