import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.netpreserve.jwarc.WarcDigest;
import org.netpreserve.jwarc.WarcReader;
import org.netpreserve.jwarc.WarcRecord;

/**
 * Reads WARC files with jwarc, and compares the digests in their records: java -cp jwarc.jar:zstd-jni.jar JwarcCheck.java FILE...
 *
 * A line a file, "FILE: N records, N block digests, N wrong"; the exit status is 1 when any is wrong or missing.
 */
class JwarcCheck {
    /** Thrown at the second read behind the end: jwarc 0.33 to 0.36 asks for more of a .zst file forever. */
    static class End extends IOException {
    }

    static class Channel implements ReadableByteChannel {
        private final FileChannel file;
        private boolean ended;

        Channel(FileChannel file) {
            this.file = file;
        }

        @Override
        public int read(ByteBuffer dst) throws IOException {
            int n = file.read(dst);
            if (n < 0 && ended)
                throw new End();
            ended = n < 0;
            return n;
        }

        @Override
        public boolean isOpen() {
            return file.isOpen();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    static Optional<WarcRecord> next(WarcReader reader) throws IOException {
        try {
            return reader.next();
        } catch (End end) {
            return Optional.empty();
        }
    }

    static boolean same(WarcDigest want, Optional<WarcDigest> got, String what) {
        boolean same = got.isPresent() && got.get().equals(want);
        if (!same)
            System.out.println(what + ": " + want + ", computed " + got.map(Object::toString).orElse("none"));
        return same;
    }

    static boolean check(Path path) throws Exception {
        int records = 0, blocks = 0, wrong = 0;
        // Room for all of the file: jwarc never goes on behind a zstd frame that ends where what it has read ends.
        ByteBuffer room = ByteBuffer.allocate((int) Files.size(path) + 1);
        room.flip();
        try (WarcReader reader = new WarcReader(new Channel(FileChannel.open(path)), room)) {
            reader.calculateBlockDigest();
            for (Optional<WarcRecord> r = next(reader); r.isPresent(); r = next(reader)) {
                WarcRecord record = r.get();
                records++;
                record.body().consume();
                if (record.blockDigest().isEmpty()) {
                    System.out.println(record.id() + ": no block digest");
                    wrong++;
                    continue;
                }
                blocks++;
                if (!same(record.blockDigest().get(), record.calculatedBlockDigest(), record.id() + " block"))
                    wrong++;
            }
        }
        System.out.printf("%s: %d records, %d block digests, %d wrong%n", path, records, blocks, wrong);
        return wrong == 0 && records > 0;
    }

    public static void main(String[] args) throws Exception {
        boolean good = true;
        for (String arg : args)
            good = check(Path.of(arg)) && good;
        System.exit(good ? 0 : 1);
    }
}
