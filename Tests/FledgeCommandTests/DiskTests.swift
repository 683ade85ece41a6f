import Foundation
import Testing

/// Folders that cannot be written to, and disks that are full.
struct DiskTests {
    /// Whether a process may mount a file system of its own, as root may in most places.
    private static let mayMount: Bool = {
        let command = try? Command()
        return (try? command?.shell("unshare -m sh -c 'mkdir disk && mount -t tmpfs none disk'"))??.code == 0
    }()

    /// Its metrics become larger than one of its checkpoints.
    private static let training = "train cart-pole --steps 300000 --name run"

    /// Files may not grow beyond some blocks of 512 bytes, which is what a full disk looks like to a program: there is
    /// room for checkpoints of 152 kB and not for all metrics.
    @Test func `what cannot be written ends the run with the checkpoint before intact`() throws {
        let (whole, broken) = (try Command(), try Command())
        #expect(try whole.shell("$FLEDGE \(Self.training)").code == 0)
        let full = try broken.shell("trap '' XFSZ; ulimit -f 320; exec $FLEDGE \(Self.training)")
        #expect(full.code == 74)
        #expect(full.messages.contains("metrics.csv cannot be written"), "\(full.messages)")
        let resumed = try broken.run("resume", "run")
        #expect(resumed.code == 0, "\(resumed.messages)")
        for file in ["metrics.csv", "chain.csv", "parameters.safetensors"] {
            let path = "runs/run/seeds/1/" + file
            #expect(try whole.bytes(path) == broken.bytes(path), "\(file)")
        }
    }

    @Test func `a table or film for which there is no room is told, and no part of it is left`() throws {
        let command = try Command()
        for verb in ["rollout seaquest --episodes 50 -o out.csv", "watch seaquest -o out.png"] {
            let full = try command.shell("trap '' XFSZ; ulimit -f 2; exec $FLEDGE \(verb)")
            #expect(full.code == 74, "\(full.messages)")
            #expect(try command.shell("ls -A | grep out; true").output.isEmpty)
        }
        let device = try command.shell("ln -s /dev/full full.csv; exec $FLEDGE rollout seaquest -o full.csv")
        #expect(device.code == 74 && device.messages.contains("the disk is full"), "\(device.messages)")
    }

    @Test(.enabled(if: mayMount, "needs the right to mount a file system"))
    func `a disk that fills up while a run goes on is told, and the run goes on when there is room`() throws {
        let command = try Command()
        let outcome = try command.shell(
            """
            unshare -m sh -c '
            mkdir disk && mount -t tmpfs -o size=24m none disk && cd disk
            $FLEDGE train cart-pole --steps 400000 --name run --checkpoint-every 0 2>messages &
            while ! grep -q . runs/run/seeds/1/checkpoints/commits.csv 2>/dev/null; do sleep 0.01; done
            dd if=/dev/zero of=filler bs=4096 2>/dev/null
            wait $!
            echo "code $?"
            cat messages
            rm filler
            $FLEDGE verify run >/dev/null 2>&1; echo "verified $?"
            $FLEDGE resume run --quiet; echo "resumed $?"
            $FLEDGE verify run --quiet; echo "verified $?"'
            """)
        #expect(outcome.output.contains("code 74"), "\(outcome.output)\(outcome.messages)")
        #expect(outcome.output.contains("disk is full") || outcome.output.contains("no space"), "\(outcome.output)")
        #expect(outcome.output.contains("resumed 0"), "\(outcome.output)\(outcome.messages)")
        #expect(outcome.output.hasSuffix("verified 0\n"), "\(outcome.output)\(outcome.messages)")
    }

    @Test(.enabled(if: mayMount, "needs the right to mount a file system"))
    func `a folder that may only be read is told before any work`() throws {
        let command = try Command()
        let outcome = try command.shell(
            """
            unshare -m sh -c '
            mkdir disk && mount -t tmpfs none disk && mount -o remount,ro disk && cd disk
            exec $FLEDGE cluster digits'
            """)
        #expect(outcome.code == 73)
        #expect(outcome.messages.contains("folder that you may write to"), "\(outcome.messages)")
    }

    @Test func `a home folder is not needed`() throws {
        let command = try Command()
        let outcome = try command.shell("env -i $FLEDGE cluster digits --clusters 2 --quiet")
        #expect(outcome.code == 0, "\(outcome.messages)")
        #expect(try command.shell("HOME=/nowhere/at/all $FLEDGE runs").code == 0)
    }

    @Test func `a name of 255 bytes is refused, and a data file may have one`() throws {
        let command = try Command()
        let long = String(repeating: "n", count: 255)
        let refused = try command.run("cluster", "digits", "--name", long)
        #expect(refused.code == 64 && refused.messages.contains("255 bytes"), "\(refused.messages)")
        #expect(!command.has("runs"))
        let table = String(repeating: "t", count: 251) + ".csv"
        try command.write("a,b\n" + (0..<30).map { "\($0 % 7),\($0 % 5)\n" }.joined(), to: table)
        let run = try command.run("cluster", table, "--clusters", "2", "--quiet")
        #expect(run.code == 0, "\(run.messages)")
    }
}
