// A Kubernetes API server with its etcd inside, for tests: one process, on loopback only.
//
// It takes the flags of kube-apiserver, and --etcd-data-dir. It ends when its standard input does, so that it never
// outlives the test that started it.
package main

import (
	"fmt"
	"io"
	"net/url"
	"os"
	"time"

	"github.com/spf13/cobra"
	"go.etcd.io/etcd/server/v3/embed"
	"k8s.io/component-base/cli"
	"k8s.io/kubernetes/cmd/kube-apiserver/app"
)

func main() {
	go endWithStandardInput()

	command := app.NewAPIServerCommand()
	directory := command.Flags().String("etcd-data-dir", "", "Where the embedded etcd keeps its data; a new directory.")
	run := command.RunE
	command.RunE = func(cmd *cobra.Command, args []string) error {
		address, err := startEtcd(*directory)
		if err != nil {
			return fmt.Errorf("etcd does not start: %w", err)
		}
		if err := cmd.Flags().Set("etcd-servers", address); err != nil {
			return err
		}
		return run(cmd, args)
	}
	os.Exit(cli.Run(command))
}

func endWithStandardInput() {
	_, _ = io.Copy(io.Discard, os.Stdin)
	os.Exit(0)
}

// startEtcd answers the address on which clients reach it.
func startEtcd(directory string) (string, error) {
	// the system picks the ports
	loopback := []url.URL{{Scheme: "http", Host: "127.0.0.1:0"}}
	config := embed.NewConfig()
	config.Dir = directory
	config.LogLevel = "error"
	config.ListenClientUrls, config.AdvertiseClientUrls = loopback, loopback
	config.ListenPeerUrls, config.AdvertisePeerUrls = loopback, loopback
	config.InitialCluster = config.InitialClusterFromName(config.Name)
	// nothing has to survive a crash
	config.UnsafeNoFsync = true

	etcd, err := embed.StartEtcd(config)
	if err != nil {
		return "", err
	}
	select {
	case <-etcd.Server.ReadyNotify():
		return "http://" + etcd.Clients[0].Addr().String(), nil
	case err := <-etcd.Err():
		return "", err
	case <-time.After(30 * time.Second):
		return "", fmt.Errorf("not ready after 30 seconds")
	}
}
