package store_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"haicap/internal/gov"
	"haicap/internal/store"
)

// Benchmarks print rates and never pass or fail: go test ./internal/store -run NONE -bench .

func benchBoth(b *testing.B, f func(b *testing.B, s *store.Store)) {
	b.Run("sqlite", func(b *testing.B) { f(b, openSQLite(b)) })
	b.Run("postgres", func(b *testing.B) { f(b, openPostgres(b)) })
}

var start = time.Date(2025, 12, 24, 0, 0, 0, 0, time.UTC)

// benchFigure is the n-th of many figures: 200 units, 50 indicators, the rest periods.
func benchFigure(n int) gov.Figure {
	day := gov.DayOf(start.AddDate(0, 0, n/10000))
	return gov.Figure{Realm: 25, ID: gov.NewID(start.Add(time.Duration(n) * time.Millisecond)), Kind: gov.Result, Entered: gov.Stamp{By: "a", At: start},
		Claim: gov.Claim{Indicator: fmt.Sprintf("indicator_%02d", n/200%50), Label: "thu ngân sách nhà nước trên địa bàn",
			Unit: gov.UnitKey{Code: fmt.Sprintf("%05d", n%200), From: "2025-07-01"}, Period: gov.Period(fmt.Sprint(2000 + n/10000)), Scope: gov.Annual,
			Comparator: gov.Equal, Value: float64(n), Measure: "tỷ đồng", Quote: "366,3 tỷ đồng",
			Source: gov.Source{Sentence: "Tổng thu ngân sách nhà nước trên địa bàn năm 2025 ước đạt 366,3 tỷ đồng, bằng 104% dự toán.", Day: day}}}
}

func fill(b *testing.B, s *store.Store, n int) {
	b.Helper()
	ctx := context.Background()
	for done := 0; done < n; {
		err := s.Update(ctx, func(tx gov.Tx) error {
			for i := done; i < min(done+5000, n); i++ {
				if err := tx.CreateFigure(ctx, benchFigure(i)); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
		done += 5000
	}
}

// One confirmation of 100 figures in one transaction, to the disk.
func BenchmarkConfirm100Figures(b *testing.B) {
	benchBoth(b, func(b *testing.B, s *store.Store) {
		ctx := context.Background()
		n := 0
		for b.Loop() {
			err := s.Update(ctx, func(tx gov.Tx) error {
				for i := range 100 {
					if err := tx.CreateFigure(ctx, benchFigure(n+i)); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				b.Fatal(err)
			}
			n += 100
		}
		b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "figures/s")
	})
}

// One audit line in a transaction of its own, and a hundred in one: what each change costs at least, and what the log itself costs.
func BenchmarkAppendAudit(b *testing.B) {
	line := gov.AuditLine{Realm: 25, At: start, Account: "0197a000-0000-7000-8000-000000000001", Action: "document.open", Noun: "document",
		Record: "0197a000-0000-7000-8000-000000000002"}
	benchBoth(b, func(b *testing.B, s *store.Store) {
		ctx := context.Background()
		for _, lines := range []int{1, 100} {
			b.Run(fmt.Sprint(lines), func(b *testing.B) {
				n := 0
				for b.Loop() {
					err := s.Update(ctx, func(tx gov.Tx) error {
						for range lines {
							if _, err := tx.AppendAudit(ctx, line); err != nil {
								return err
							}
						}
						return nil
					})
					if err != nil {
						b.Fatal(err)
					}
					n += lines
				}
				b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "lines/s")
			})
		}
		b.Run("together", func(b *testing.B) { // eight at once, each line in a transaction of its own
			b.SetParallelism(4)
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					if err := s.Update(ctx, func(tx gov.Tx) error { _, err := tx.AppendAudit(ctx, line); return err }); err != nil {
						b.Error(err)
					}
				}
			})
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "lines/s")
		})
	})
}

// The figures of one unit, 500 rows, out of 100,000.
func BenchmarkFiguresOfUnit(b *testing.B) {
	benchBoth(b, func(b *testing.B, s *store.Store) {
		fill(b, s, 100000)
		ctx := context.Background()
		for b.Loop() {
			err := s.View(ctx, func(tx gov.Tx) error {
				list, err := tx.Figures(ctx, 25, gov.FigureQuery{Unit: "00042"})
				if len(list) != 500 {
					b.Fatalf("%d figures", len(list))
				}
				return err
			})
			if err != nil {
				b.Fatal(err)
			}
		}
	})
}

// Searches over 20,000 entries of about 60 words.
func BenchmarkSearch(b *testing.B) {
	benchBoth(b, func(b *testing.B, s *store.Store) {
		ctx := context.Background()
		words := []string{"hộ nghèo", "đất đai", "giải phóng mặt bằng", "thu ngân sách", "nông thôn mới", "chuyển đổi số", "cải cách hành chính"}
		began := time.Now()
		for done := 0; done < 20000; done += 2000 {
			err := s.Update(ctx, func(tx gov.Tx) error {
				for i := done; i < done+2000; i++ {
					body := fmt.Sprintf("Mục %d: ", i)
					for k := range 15 {
						body += words[(i+k*k*i)%len(words)] + " năm "
					}
					e := gov.SearchEntry{Realm: 25, Noun: "matter", Record: gov.ID(fmt.Sprint(i)), Title: words[i%len(words)], Body: body,
						Day: gov.DayOf(start.AddDate(0, 0, i%700))}
					if err := tx.Index(ctx, e); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				b.Fatal(err)
			}
		}
		if write, _ := s.Pools(); s.Engine() == "postgres" { // the test server has no autovacuum that would do it
			if _, err := write.Exec("VACUUM ANALYZE search_entry"); err != nil {
				b.Fatal(err)
			}
		}
		rate := 20000 / time.Since(began).Seconds()
		for name, words := range map[string]string{"common-marked": "hộ nghèo", "common-folded": "ho ngheo", "rare": "mục 1234", "none": "không có"} {
			b.Run(name, func(b *testing.B) {
				for b.Loop() {
					err := s.View(ctx, func(tx gov.Tx) error {
						_, err := tx.Search(ctx, 25, gov.SearchQuery{Words: words, Limit: 20})
						return err
					})
					if err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(rate, "indexed/s")
			})
		}
	})
}
